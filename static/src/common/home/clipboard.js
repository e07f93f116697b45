import { browser } from "@web/core/browser/browser";

/**
 * Copy text on any page. Townships serve Odoo on plain http inside the office network,
 * where browsers hide `navigator.clipboard`: there the old command still works.
 *
 * @param {string} text
 * @returns {Promise<boolean>} whether the text is in the clipboard
 */
export async function copyText(text) {
    if (browser.navigator.clipboard && window.isSecureContext) {
        try {
            await browser.navigator.clipboard.writeText(text);
            return true;
        } catch {
            // Refused by the browser: go on with the old command.
        }
    }
    const area = document.createElement("textarea");
    area.value = text;
    area.setAttribute("readonly", "");
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    try {
        return document.execCommand("copy");
    } catch {
        return false;
    } finally {
        area.remove();
    }
}
