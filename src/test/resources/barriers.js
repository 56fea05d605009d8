// What axe finds wrong with a page: all of it, or only contrasts.
async everything => {
    // Looking behind a text for its background costs axe milliseconds. Texts that have the same colours, sizes and
    // backgrounds have the same contrast, so one of each is looked at.
    const backgrounds = new Map();
    const background = element => {
        if (!element) return "";
        if (!backgrounds.has(element)) {
            const style = getComputedStyle(element);
            const own = [style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join();
            backgrounds.set(element, own === "rgba(0, 0, 0, 0),none,1,none"
                ? background(element.parentElement)
                : own + ";" + background(element.parentElement));
        }
        return backgrounds.get(element);
    };
    const look = element => {
        const style = getComputedStyle(element);
        const own = [style.color, style.fill, style.fontSize, style.fontWeight, style.textShadow, style.visibility];
        return own.join() + ";" + background(element);
    };
    const isText = element =>
        element.matches("input, select, textarea")
        || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const unlike = new Map();
    for (const element of document.body.querySelectorAll("*")) {
        if (isText(element) && element.checkVisibility()) unlike.set(look(element), element);
    }

    const wrong = async (where, options) => {
        const found = await axe.run(where, {...options, resultTypes: ["violations"], iframes: false, elementRef: false});
        return found.violations.flatMap(rule =>
            rule.nodes.map(node => `${rule.id}: ${node.html} ${node.failureSummary}`));
    };
    const contrasts = await wrong({include: [...unlike.values()]}, {runOnly: ["color-contrast"]});
    const others = everything ? await wrong(document, {rules: {"color-contrast": {enabled: false}}}) : [];
    return contrasts.concat(others);
}
