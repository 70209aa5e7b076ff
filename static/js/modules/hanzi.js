// Links the Chinese font only where the page holds Chinese characters. Without scripts the system's font serves.
export function loadHanzi() {
  const script = document.querySelector("script[data-hanzi]");
  if (!script || !/\p{Script=Han}/u.test(document.body.textContent)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = script.dataset.hanzi;
  document.head.append(link);
}
