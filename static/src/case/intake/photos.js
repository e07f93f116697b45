const MAX_SIDE = 1600;
const QUALITY = 0.8;

/**
 * Make a photo small enough for a village's network. Drawing it anew also leaves out what
 * the camera wrote into the file, such as the place where it was taken.
 *
 * @param {File} file a picture
 * @returns {Promise<{url: string, data: string}>} preview address and base64 content
 */
export async function shrinkPhoto(file) {
    const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    const url = canvas.toDataURL("image/jpeg", QUALITY);
    return { url, data: url.slice(url.indexOf(",") + 1) };
}
