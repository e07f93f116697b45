import { drawingStore } from "../../common/signature/drawing_store.js";
import { PenCanvas } from "../../common/signature/pen_canvas.js";

// The tablet of a signing meeting. Each page says by what it holds which part of this it needs.
const TOLD_FOR = 6000;
const find = (id) => document.getElementById(id);

/** Roll call: find a name; what was signed leaves the tablet. */
function startRoll() {
    const seats = [...document.querySelectorAll(".seats li")];
    find("search").addEventListener("input", (ev) => {
        const wanted = ev.target.value.replace(/\s/g, "").toLowerCase();
        for (const seat of seats) {
            const name = seat.textContent.replace(/\s/g, "").toLowerCase();
            seat.hidden = !name.includes(wanted);
        }
        find("none").hidden = seats.some((seat) => !seat.hidden);
    });
    const told = find("told");
    if (told) {
        drawingStore.clearAll(told.dataset.key);
        history.replaceState(null, "", location.pathname);
        setTimeout(() => told.remove(), TOLD_FOR);
    }
}

/** Identity: who types a slip may look at what was typed. */
function startIdentity() {
    const password = find("password");
    find("show").addEventListener("click", (ev) => {
        const shown = password.type === "password";
        password.type = shown ? "text" : "password";
        ev.target.setAttribute("aria-pressed", shown);
        password.focus();
    });
}

/** Letter: read to its end, draw, confirm once. */
function startLetter() {
    const { key, seconds, expired } = find("letter").dataset;
    const confirm = find("confirm");
    const update = () => {
        confirm.disabled = !pen.isDrawn || !find("read").value;
        find("clear").disabled = !pen.isDrawn;
    };
    const pen = new PenCanvas(find("pen"), {
        onChange() {
            drawingStore.keep(key, pen.strokes);
            update();
        },
    });
    pen.load(drawingStore.load(key));
    update();
    const reading = new IntersectionObserver((entries) => {
        // A busy device tells several moments at once.
        if (entries.some((entry) => entry.isIntersecting)) {
            reading.disconnect();
            find("read").value = "1";
            update();
        }
    });
    reading.observe(find("end"));
    find("clear").addEventListener("click", () => pen.clear());
    find("leave").addEventListener("submit", () => drawingStore.clear(key));
    find("sign").addEventListener("submit", () => {
        find("image").value = pen.picture;
        confirm.disabled = true;
        find("busy").hidden = false;
    });
    setTimeout(() => location.replace(expired), seconds * 1000);
}

// A page out of the browser's memory may show what is no longer allowed: ask the server again.
window.addEventListener("pageshow", (ev) => ev.persisted && location.reload());
for (const [id, start] of [
    ["roll", startRoll],
    ["identity", startIdentity],
    ["letter", startLetter],
]) {
    if (find(id)) {
        start();
    }
}
