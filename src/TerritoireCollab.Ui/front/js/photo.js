const side = 512;

/** Cuts the photo chosen to a square of 512 px at most, as JPEG, before it is sent. Without it the server does the work. */
export async function shrinkPhoto(input) {
  const file = input.files[0];
  if (!file?.type.startsWith('image/')) return;
  try {
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const source = Math.min(image.width, image.height);
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = Math.min(side, source);
    canvas.getContext('2d').drawImage(image, (image.width - source) / 2, (image.height - source) / 2, source, source, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', .85));
    const files = new DataTransfer();
    files.items.add(new File([blob], 'photo.jpg', { type: 'image/jpeg' }));
    input.files = files.files;
  } catch { /* An unreadable image is the server's to refuse, with words. */ }
}
