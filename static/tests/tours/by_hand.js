/** What a hand does on a screen and the helpers of a tour do not. */

/** Draw two strokes as a finger would. */
export function draw() {
    const canvas = document.querySelector(".o_township_pen canvas");
    const box = canvas.getBoundingClientRect();
    // Nobody holds the pointer of a made event.
    canvas.setPointerCapture = () => {};
    const send = (type, x, y) =>
        canvas.dispatchEvent(
            new PointerEvent(type, {
                bubbles: true,
                cancelable: true,
                pointerId: 7,
                pointerType: "touch",
                clientX: box.left + x * box.width,
                clientY: box.top + y * box.height,
            })
        );
    for (const stroke of [
        [
            [0.2, 0.3],
            [0.4, 0.8],
            [0.6, 0.2],
        ],
        [
            [0.3, 0.5],
            [0.8, 0.6],
        ],
    ]) {
        send("pointerdown", ...stroke[0]);
        stroke.slice(1).forEach((point) => send("pointermove", ...point));
        send("pointerup", ...stroke.at(-1));
    }
}

/** Scroll a text that is to be read through to its end. */
export function scrollToEnd() {
    document.querySelector(".o_township_read_end").scrollIntoView();
}

/** Put a file into an input for files. */
export async function putFile(input, file) {
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.files = transfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}
