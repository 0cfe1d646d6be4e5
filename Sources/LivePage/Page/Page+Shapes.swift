extension Page {
  /// Shapes, numbers and axes.
  static let scriptOfShapes = #"""
    "use strict";
    const byId = id => document.getElementById(id);

    // An element of SVG; its text is a text, never markup.
    function make(parent, name, attributes, text) {
      const element = document.createElementNS("http://www.w3.org/2000/svg", name);
      for (const key in attributes) element.setAttribute(key, attributes[key]);
      if (text !== undefined) element.textContent = text;
      parent.appendChild(element);
      return element;
    }

    function clear(svg) {
      svg.replaceChildren();
      const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
      return { width, height };
    }

    // A number as people read it.
    function short(value) {
      if (value === null || value === undefined) return "–";
      const size = Math.abs(value);
      if (size !== 0 && (size >= 1e7 || size < 1e-3)) return value.toExponential(2);
      return Number(value.toPrecision(4)).toLocaleString("en-US", { maximumSignificantDigits: 7 });
    }

    const percent = share => share === null || share === undefined
      ? "–" : (100 * share).toPrecision(share < .1 ? 2 : 3) + " %";
    const colour = id => id % 8;

    // Values from low to high become places from start to end; room is made where all are equal.
    function scale(low, high, start, end, log) {
      if (log) { low = Math.log10(low); high = Math.log10(high); }
      if (!(high > low)) {
        const room = Math.abs(low) * .1 || 1;
        low -= room;
        high += room;
      }
      const at = value => start + ((log ? Math.log10(value) : value) - low) / (high - low) * (end - start);
      return { at, low, high, log };
    }

    // Round values between the ends of a scale, about four.
    function ticks({ low, high, log }) {
      const values = [];
      if (!(high > low)) return values;
      if (log && high - low >= 1) {
        const step = Math.max(1, Math.ceil((high - low) / 4));
        for (let power = Math.ceil(low); power <= high + 1e-9; power += step) values.push(10 ** power);
        return values;
      }
      const from = log ? 10 ** low : low, to = log ? 10 ** high : high;
      const raw = (to - from) / 4, size = 10 ** Math.floor(Math.log10(raw));
      const step = size * [1, 2, 5, 10].find(factor => factor * size >= raw * .999);
      // Beyond 2^53 a number and the next one are the same.
      const first = Math.ceil(from / step - 1e-9);
      if (!(Math.abs(first) < 1e15)) return values;
      for (let index = first; index * step <= to + step * 1e-9 && values.length < 100; index++) {
        values.push(index * step);
      }
      return values;
    }

    // The axes of a chart: lines at round values, and their numbers.
    function axes(svg, { x, y, left, right, top, bottom, xName, yText = short }) {
      for (const value of ticks(y)) {
        const place = y.at(value);
        make(svg, "line", { class: "rule", x1: left, x2: right, y1: place, y2: place });
        make(svg, "text", { x: left - 5, y: place + 4, "text-anchor": "end" }, yText(value));
      }
      let last = -100;
      for (const value of ticks(x)) {
        const place = x.at(value);
        if (place - last < 40) continue;
        last = place;
        make(svg, "line", { class: "rule", x1: place, x2: place, y1: top, y2: bottom });
        make(svg, "text", { x: Math.min(place, right - 12), y: bottom + 14, "text-anchor": "middle" }, short(value));
      }
      if (xName) make(svg, "text", { x: right, y: bottom + 28, "text-anchor": "end" }, xName);
    }

    function say(svg, text) {
      const { width, height } = clear(svg);
      make(svg, "text", { x: width / 2, y: height / 2, "text-anchor": "middle" }, text);
    }
    """#
}
