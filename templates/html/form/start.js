// Before the page is laid out: the paper table gives way to the form, and comes back should the form fail to be made. Where a
// server lets the page keep and save nothing, as the desk does with a document that it shows, it stays the paper that it is.
const isShown = window.origin === 'null' && location.protocol.startsWith('http');
if (!isShown) document.documentElement.classList.add('fillable');
addEventListener('error', () => {
  if (document.getElementById('form')?.hidden !== false) document.documentElement.classList.remove('fillable');
});
