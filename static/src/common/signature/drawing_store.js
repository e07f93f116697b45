const PREFIX = "township_drawing:";

/** @returns {string} the user at the end of a key, see `drawing_key` of the dialog */
const owner = (key) => key.split(":").at(-1);

/**
 * The drawing of a signature that is not sent yet, kept on the device: a session that ends, a
 * page that is loaded again or a network that fails loses nothing. It goes with the signing, or
 * when somebody else signs on the same device. Imports nothing, so pages without the web client
 * use it as well.
 */
export const drawingStore = {
    /** @returns {Array} strokes, each a list of `[x, y]` as fractions of the width */
    load(key) {
        this.forgetOthers(key);
        try {
            return JSON.parse(window.localStorage.getItem(PREFIX + key)) || [];
        } catch {
            return [];
        }
    },

    save(key, strokes) {
        try {
            window.localStorage.setItem(PREFIX + key, JSON.stringify(strokes));
        } catch {
            // A full or forbidden store: the drawing is still on the screen.
        }
    },

    /** Save the strokes; with none there is nothing to keep. */
    keep(key, strokes) {
        if (strokes.length) {
            this.save(key, strokes);
        } else {
            this.clear(key);
        }
    },

    clear(key) {
        window.localStorage.removeItem(PREFIX + key);
    },

    /** Clear every drawing whose key begins so. */
    clearAll(start) {
        for (const name of Object.keys(window.localStorage)) {
            if (name.startsWith(PREFIX + start)) {
                window.localStorage.removeItem(name);
            }
        }
    },

    forgetOthers(key) {
        for (const name of Object.keys(window.localStorage)) {
            if (name.startsWith(PREFIX) && owner(name) !== owner(key)) {
                window.localStorage.removeItem(name);
            }
        }
    },
};
