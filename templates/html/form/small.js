// Photographs made small on the device and drawn anew, so that nothing of the camera's own (where it was, which device) stays with
// them. The form and the desk have this in common.

/** The longer side in pixels, and the bytes, that a photograph has at most. */
const MAX_SIDE = 1600, MAX_PHOTOGRAPH = 300000;

/**
 * A picture as a small JPEG; nothing where this browser cannot show it.
 * @param {Blob} file
 */
async function small(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  let scale = Math.min(1, MAX_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas'), pen = canvas.getContext('2d');
  if (!pen) return null;
  for (;; scale *= 0.8) {
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    // What is transparent would be black.
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const quality of [0.85, 0.7, 0.55]) {
      const address = canvas.toDataURL('image/jpeg', quality);
      if (address.length * 0.75 <= MAX_PHOTOGRAPH) return address;
    }
  }
}
