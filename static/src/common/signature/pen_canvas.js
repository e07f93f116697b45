// Height of the area against its width; the same everywhere, so that a drawing keeps its shape
// when a device is turned.
const RATIO = 0.42;
const PEN_WIDTH = 0.007; // against the width
const WIDEST_PICTURE = 1024;

/**
 * Drawing with finger, stylus or mouse on a canvas. Strokes are kept as fractions of the width and
 * drawn again at any size. Imports nothing, so pages without the web client use it as well.
 */
export class PenCanvas {
    /**
     * @param {HTMLCanvasElement} canvas
     * @param {Object} [options]
     * @param {Function} [options.onChange] called after each stroke and after clearing
     * @param {Function} [options.isReadonly] whether nothing may be drawn now
     */
    constructor(canvas, { onChange = () => {}, isReadonly = () => false } = {}) {
        this.canvas = canvas;
        this.onChange = onChange;
        this.isReadonly = isReadonly;
        this.strokes = [];
        this.current = null;
        this.listeners = {
            pointerdown: (ev) => this.onDown(ev),
            pointermove: (ev) => this.onMove(ev),
            pointerup: (ev) => this.onUp(ev),
            pointercancel: (ev) => this.onUp(ev),
            contextmenu: (ev) => ev.preventDefault(),
        };
        for (const [name, listener] of Object.entries(this.listeners)) {
            canvas.addEventListener(name, listener);
        }
        this.resizing = new ResizeObserver(() => this.fit());
        this.resizing.observe(canvas);
    }

    destroy() {
        this.resizing.disconnect();
        for (const [name, listener] of Object.entries(this.listeners)) {
            this.canvas.removeEventListener(name, listener);
        }
    }

    get isDrawn() {
        return Boolean(this.strokes.length);
    }

    /** @returns {string} base64 of a PNG; empty when nothing is drawn */
    get picture() {
        return this.isDrawn ? this.canvas.toDataURL("image/png").split(",")[1] : "";
    }

    /** Show these strokes, each a list of `[x, y]` against the width. */
    load(strokes) {
        this.strokes = strokes;
        this.fit();
    }

    clear() {
        this.strokes = [];
        this.redraw();
        this.onChange();
    }

    /** Give the canvas the pixels of the screen and draw again. */
    fit() {
        const width = this.canvas.clientWidth;
        if (!width) {
            return;
        }
        const scale = Math.min(window.devicePixelRatio || 1, WIDEST_PICTURE / width);
        this.canvas.width = Math.round(width * scale);
        this.canvas.height = Math.round(width * RATIO * scale);
        this.redraw();
    }

    redraw() {
        this.canvas.getContext("2d").clearRect(0, 0, this.canvas.width, this.canvas.height);
        for (const stroke of this.strokes) {
            this.draw(stroke, 0);
        }
    }

    /** Draw the points of a stroke from one on; a single point as a dot. */
    draw(stroke, from) {
        const { width } = this.canvas;
        const context = this.canvas.getContext("2d");
        context.lineWidth = Math.max(PEN_WIDTH * width, 2);
        context.lineCap = context.lineJoin = "round";
        context.strokeStyle = "#111";
        context.beginPath();
        const [x, y] = stroke[Math.max(from - 1, 0)];
        context.moveTo(x * width, y * width);
        for (const [nextX, nextY] of stroke.slice(from)) {
            context.lineTo(nextX * width, nextY * width);
        }
        context.stroke();
    }

    point(ev) {
        const box = this.canvas.getBoundingClientRect();
        const round = (value) => Math.round(value * 10000) / 10000;
        return [round((ev.clientX - box.left) / box.width), round((ev.clientY - box.top) / box.width)];
    }

    onDown(ev) {
        if (this.isReadonly() || this.current || ev.button) {
            return;
        }
        ev.preventDefault();
        this.canvas.setPointerCapture(ev.pointerId);
        this.current = { pointer: ev.pointerId, stroke: [this.point(ev)] };
        this.strokes.push(this.current.stroke);
        this.draw(this.current.stroke, 0);
    }

    onMove(ev) {
        if (this.current?.pointer !== ev.pointerId) {
            return;
        }
        ev.preventDefault();
        const stroke = this.current.stroke;
        const from = stroke.length;
        const moves = ev.getCoalescedEvents?.() || [];
        stroke.push(...(moves.length ? moves : [ev]).map((move) => this.point(move)));
        this.draw(stroke, from);
    }

    onUp(ev) {
        if (this.current?.pointer !== ev.pointerId) {
            return;
        }
        this.current = null;
        this.onChange();
    }
}
