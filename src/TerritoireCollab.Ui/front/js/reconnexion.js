// Blazor sets classes on #components-reconnect-modal; ours adds the good news, and says each state once.
export function watchReconnection() {
  let lost = false;
  new MutationObserver(() => {
    const banner = document.getElementById('components-reconnect-modal');
    if (!banner) return;
    if (banner.classList.contains('components-reconnect-show')) lost = true;
    else if (lost && banner.classList.contains('components-reconnect-hide')) {
      lost = false;
      banner.classList.add('retablie');
      setTimeout(() => banner.classList.remove('retablie'), 4000);
    }
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['class'] });
}
