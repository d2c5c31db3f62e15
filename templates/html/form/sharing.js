// Handing the saved file on by whatever the device shares by.

/**
 * The round as a file that devices share: they take text, and not every kind of it.
 * @param {Round} of
 */
async function shareable(of) {
  const made = await file(of);
  return new File([JSON.stringify(made)], nameOf(made).replace(/json$/, 'txt'), { type: 'text/plain' });
}

/** Offers sharing where the device can, and says what to do where it cannot because of how the page was opened. */
function offerSharing() {
  if (!document.getElementById('share')) return;
  const sample = new File([''], 'round.txt', { type: 'text/plain' });
  id('share').hidden = !(navigator.canShare && navigator.canShare({ files: [sample] }));
  id('not-secure').hidden = isSecureContext;
}

/** Shares the round. */
async function share() {
  const sent = await shareable(round);
  // Whoever closes the sheet has shared nothing, and needs no words about it.
  await navigator.share({ files: [sent], title: titleOf(round) }).catch(() => {});
}
