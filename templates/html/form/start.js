// Before the page is laid out: the paper table gives way to the form, and comes back should the form fail to be made.
document.documentElement.classList.add('fillable');
addEventListener('error', () => {
  if (document.getElementById('form')?.hidden !== false) document.documentElement.classList.remove('fillable');
});
