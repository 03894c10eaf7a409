// Runs before the first paint, so that the page never flashes in the other theme. A file of its
// own because the Content-Security-Policy allows no inline script.
(function () {
  var root = document.documentElement;
  var system = window.matchMedia('(prefers-color-scheme: dark)');
  var chosen = null;
  try {
    chosen = window.localStorage.getItem('kindscope.theme');
  } catch {
    // Storage may be switched off; then the theme follows the system.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && system.matches);
  root.dataset.theme = dark ? 'dark' : 'light';
})();
