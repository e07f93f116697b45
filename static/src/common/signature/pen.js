import { Component, onMounted, onWillUnmount, useEffect, useRef, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { drawingStore } from "./drawing_store";

// Height of the area against its width; the same everywhere, so that a drawing keeps its shape
// when a phone is turned.
const RATIO = 0.42;
const PEN_WIDTH = 0.007; // against the width
const WIDEST_PICTURE = 1024;

/**
 * The pen: one draws with finger, stylus or mouse. Strokes are kept as fractions of the width,
 * drawn again at any size, and stay on the device until they are signed.
 */
export class Pen extends Component {
    static template = "township_governance.Pen";
    static props = standardFieldProps;

    setup() {
        this.canvas = useRef("canvas");
        this.state = useState({ drawn: false });
        this.strokes = [];
        this.current = null;
        onMounted(() => {
            this.resizing = new ResizeObserver(() => this.fit());
            this.resizing.observe(this.canvas.el);
        });
        onWillUnmount(() => this.resizing.disconnect());
        useEffect(
            (key) => {
                if (key) {
                    this.strokes = drawingStore.load(key);
                    this.fit();
                    this.report();
                }
            },
            () => [this.key]
        );
    }

    get key() {
        return this.props.record.data.drawing_key;
    }

    /** Give the canvas the pixels of the screen and draw again. */
    fit() {
        const canvas = this.canvas.el;
        const width = canvas.clientWidth;
        if (!width) {
            return;
        }
        const scale = Math.min(window.devicePixelRatio || 1, WIDEST_PICTURE / width);
        canvas.width = Math.round(width * scale);
        canvas.height = Math.round(width * RATIO * scale);
        this.redraw();
    }

    redraw() {
        const canvas = this.canvas.el;
        canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
        for (const stroke of this.strokes) {
            this.draw(stroke, 0);
        }
    }

    /** Draw the points of a stroke from one on; a single point as a dot. */
    draw(stroke, from) {
        const { width } = this.canvas.el;
        const context = this.canvas.el.getContext("2d");
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
        const box = this.canvas.el.getBoundingClientRect();
        const round = (value) => Math.round(value * 10000) / 10000;
        return [round((ev.clientX - box.left) / box.width), round((ev.clientY - box.top) / box.width)];
    }

    onDown(ev) {
        if (this.props.readonly || this.current || ev.button) {
            return;
        }
        ev.preventDefault();
        this.canvas.el.setPointerCapture(ev.pointerId);
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
        drawingStore.save(this.key, this.strokes);
        this.report();
    }

    clear() {
        this.strokes = [];
        drawingStore.clear(this.key);
        this.redraw();
        this.report();
    }

    /** Hand the picture to the form. */
    report() {
        this.state.drawn = Boolean(this.strokes.length);
        const picture = this.state.drawn && this.canvas.el.toDataURL("image/png").split(",")[1];
        this.props.record.update({ [this.props.name]: picture });
    }
}

registry.category("fields").add("township_pen", {
    component: Pen,
    supportedTypes: ["binary"],
    fieldDependencies: [{ name: "drawing_key", type: "char" }],
});
