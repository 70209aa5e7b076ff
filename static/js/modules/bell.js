// The number at the bell, its name for readers, and the title of a tab that nobody looks at.
let unread = 0;
let title = document.title;

export function showUnread(count) {
  unread = count;
  const bell = document.querySelector("[data-bell]");
  if (!bell) return;
  const badge = bell.querySelector("[data-bell-count]");
  badge.hidden = count === 0;
  badge.textContent = count > 99 ? "99+" : String(count);
  bell.setAttribute("aria-label", count ? bell.dataset.labelSome.replace("{count}", count) : bell.dataset.labelNone);
  showInTitle();
}

function showInTitle() {
  const hidden = document.visibilityState === "hidden";
  document.title = hidden && unread ? `(${unread > 99 ? "99+" : unread}) ${title}` : title;
}

export function wireTitle() {
  title = document.title;
  document.addEventListener("visibilitychange", showInTitle);
}
