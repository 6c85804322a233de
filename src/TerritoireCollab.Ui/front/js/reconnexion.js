const mark = 'connexion-perdue';

// A session store may be refused; the good news is then not told after a reload.
function remember(lost) {
  try { lost ? sessionStorage.setItem(mark, '1') : sessionStorage.removeItem(mark); } catch { /* Refused. */ }
}

function wasLost() {
  try { return sessionStorage.getItem(mark) !== null; } catch { return false; }
}

function tell(banner) {
  remember(false);
  banner.classList.add('retablie');
  setTimeout(() => banner.classList.remove('retablie'), 4000);
}

// What nobody has changed is the same after loading the page again.
function isTouched(field) {
  if (field.type === 'file') return field.files.length > 0;
  return field.type === 'checkbox' || field.type === 'radio' ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

// Blazor sets classes on #components-reconnect-modal. When the host has forgotten the page, ours loads it again, or says to when
// somebody is writing; and it tells the good news in both cases.
export function watchReconnection() {
  let lost = false;
  const banner = () => document.getElementById('components-reconnect-modal');
  new MutationObserver(() => {
    const classes = banner()?.classList;
    if (!classes) return;
    if (classes.contains('components-reconnect-show')) remember(lost = true);
    else if (classes.contains('components-reconnect-rejected')) {
      if (![...document.querySelectorAll('main :is(textarea, input:not([type="hidden"]))')].some(isTouched)) location.reload();
    }
    else if (lost && classes.contains('components-reconnect-hide')) {
      lost = false;
      tell(banner());
    }
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['class'] });
  if (wasLost() && banner()) tell(banner());
}
