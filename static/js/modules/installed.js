// The site as an app: a worker that answers when the network is gone. Private windows may forbid it; then the site is a site.
export function wireInstalled() {
  if (!navigator.serviceWorker || !isSecureContext) return;
  addEventListener("load", () => {
    navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" }).catch(() => {});
  });
}
