// Light or dark at the foot of each page: seen at once, and kept where the server reads it before it writes a page.
const YEAR_SECONDS = 365 * 24 * 3600;

export function wireTheme() {
  const choice = document.querySelector("[data-theme-switch]");
  if (!choice) return;
  document.querySelector("[data-theme-page]").hidden = true;
  choice.hidden = false;
  choice.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen) return;
    keep(chosen.value);
    show(chosen.value);
    for (const button of choice.querySelectorAll("button")) button.ariaPressed = String(button === chosen);
  });
}

function show(theme) {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  for (const meta of document.querySelectorAll("meta[name=theme-color]")) {
    const dark = theme ? theme === "dark" : meta.media.includes("dark");
    meta.content = dark ? "#0d1613" : "#fbfaf6";
  }
}

function keep(theme) {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  const age = theme ? YEAR_SECONDS : 0;
  document.cookie = `theme=${theme}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}
