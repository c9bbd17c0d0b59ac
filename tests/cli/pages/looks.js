// What is wrong with the page as it stands in the window, in words. An object of functions; each returns a list.
({
  // Nothing may need scrolling sideways, stand beyond the window, leave its own box, or lie on another text of a chart.
  overflowing() {
    const root = document.scrollingElement, edge = root.clientWidth, found = [];
    const boxes = "td, th, p, li, dt, dd, h1, h2, caption, figcaption";
    // Where an element is seen: a label of a chart stands in a frame of its own, which cuts off what is too long.
    const seen = (element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      const frame = element.nodeName === "text" ? element.ownerSVGElement : element, chart = frame.ownerSVGElement;
      if (!chart || frame.nodeName !== "svg" || getComputedStyle(frame).overflowX !== "hidden") return { left, right, top, bottom };
      const end = chart.getBoundingClientRect().left + frame.x.baseVal.value + frame.width.baseVal.value;
      return { left, right: Math.min(right, end), top, bottom };
    };
    const named = (node, what) => found.push(`${what}: ${node.nodeName.toLowerCase()} ${node.textContent.trim().slice(0, 40)}`);
    if (root.scrollWidth > edge) found.push(`the page scrolls: it is ${root.scrollWidth} wide in ${edge}`);
    for (const element of document.body.querySelectorAll("*")) {
      const box = seen(element);
      if (box.right > edge + 0.5 || box.left < -0.5) named(element, "beyond the edge");
      const scrolls = getComputedStyle(element).overflowX !== "visible" && element.scrollWidth > element.clientWidth;
      if (scrolls) named(element, "scrolls by itself");
    }
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const box = texts.currentNode.parentElement.closest(boxes)?.getBoundingClientRect(), range = new Range();
      range.selectNodeContents(texts.currentNode);
      const lines = box ? [...range.getClientRects()] : [];
      if (lines.some((line) => line.right > box.right + 1 || line.left < box.left - 1)) named(texts.currentNode, "beyond its box");
    }
    for (const chart of document.querySelectorAll("figure > svg")) {
      const labels = [...chart.querySelectorAll("text")];
      const places = labels.map(seen);
      labels.forEach((label, place) => places.slice(place + 1).forEach((other) => {
        const one = places[place], aside = one.right <= other.left || other.right <= one.left;
        if (!aside && one.bottom > other.top + 1 && other.bottom > one.top + 1) named(label, "on another text");
      }));
    }
    return found;
  },

  // A text needs a contrast of 4.5 to what it stands on, a bar one of 3 (WCAG 2.2, 1.4.3 and 1.4.11).
  faint() {
    const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    const light = (colour) => {
      const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => linear(part / 255));
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const paper = (element) => {
      const colour = getComputedStyle(element).backgroundColor;
      return colour !== "rgba(0, 0, 0, 0)" ? colour : element.parentElement ? paper(element.parentElement) : "rgb(255, 255, 255)";
    };
    const found = new Set();
    const compare = (element, ink, least, what) => {
      const [one, other] = [light(ink), light(paper(element))];
      const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      if (contrast < least) found.add(`faint: ${what} has ${contrast.toFixed(1)}`);
    };
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const text = texts.currentNode.textContent.trim().slice(0, 40);
      const element = texts.currentNode.parentElement, style = getComputedStyle(element);
      const what = `${element.nodeName} ${text}`;
      if (text && element.checkVisibility()) compare(element, element instanceof SVGElement ? style.fill : style.color, 4.5, what);
    }
    for (const bar of document.querySelectorAll("rect")) compare(bar, getComputedStyle(bar).fill, 3, "a bar");
    return [...found];
  },

  // Elements and handlers that no page has, so that only somebody's text could have made them.
  foreign() {
    const found = [...document.querySelectorAll("script, b, img, iframe, object, form, a")].map((one) => one.nodeName);
    for (const element of document.querySelectorAll("*")) {
      found.push(...element.getAttributeNames().filter((name) => name.startsWith("on")));
    }
    return found;
  },
})
