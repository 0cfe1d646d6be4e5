/// The script that plays a stream: a slider, a button, and what moves. With scripts off there is
/// neither, and the pictures show the last frame with all ways.
enum StreamPlayer {
  /// The id of the data.
  static let data = "stream-frames"
  /// The id of the place for the slider.
  static let place = "stream-player"

  static let script = """
    (function () {
      "use strict";
      var source = document.getElementById("\(data)"), box = document.getElementById("\(place)");
      if (!source || !box) { return; }
      var data = JSON.parse(source.textContent), last = data.names.length - 1, tail = 12, timer = 0;
      if (!(last > 0)) { return; }
      function part(id) { return document.getElementById(id); }
      function path(places, from, to) {
        var d = "", down = false;
        for (var f = Math.max(0, from); f !== to + 1; f += 1) {
          var x = places[2 * f], y = places[2 * f + 1];
          if (x === null || y === null) { down = false; continue; }
          d += (down ? "L" : "M" + x + " " + y + "L") + x + " " + y;
          down = true;
        }
        return d;
      }
      function move(element, places, f) {
        var x = places[2 * f], y = places[2 * f + 1];
        if (!element) { return; }
        if (x === null || y === null) { x = y = -9999; }
        element.setAttribute("transform", "translate(" + x + " " + y + ")");
      }
      function show(f) {
        data.maps.forEach(function (map) {
          map.clusters.forEach(function (way, i) {
            var mark = part(map.id + "-m" + i), trail = part(map.id + "-w" + i);
            move(mark, way.places, f);
            if (mark && typeof way.radii[f] === "number") {
              mark.querySelector("circle").setAttribute("r", way.radii[f]);
            }
            if (trail) { trail.setAttribute("d", path(way.places, f - tail + 1, f)); }
          });
          map.centers.forEach(function (way, i) { move(part(map.id + "-u" + i), way.places, f); });
          var now = part(map.id + "-new"), old = part(map.id + "-old");
          if (data.isLine || !now || !old) { return; }
          now.setAttribute("d", data.dots[f]);
          old.setAttribute("d", data.dots.slice(Math.max(0, f - 6), f).join(""));
        });
        slider.value = f;
        text.textContent = data.names[f];
        slider.setAttribute("aria-valuetext", data.names[f]);
      }
      function stop() { clearInterval(timer); timer = 0; button.textContent = "Play"; }
      function play() {
        var f = Number(slider.value);
        if (f === last) { f = 0; show(f); }
        button.textContent = "Pause";
        timer = setInterval(function () {
          f = Number(slider.value) + 1;
          show(f);
          if (f === last) { stop(); }
        }, Math.min(250, Math.max(33, 12000 / last)));
      }
      var button = document.createElement("button"), slider = document.createElement("input");
      var text = document.createElement("output");
      button.type = "button";
      slider.type = "range";
      slider.min = 0;
      slider.max = last;
      slider.setAttribute("aria-label", "batch");
      slider.style.cssText = "flex:1 1 240px";
      text.style.cssText = "flex:1 1 220px;min-height:1.5em";
      button.style.cssText = "min-width:5em;padding:4px 10px;font:inherit";
      box.style.cssText = "display:flex;flex-wrap:wrap;gap:10px;align-items:center;margin:10px 0";
      box.append(button, slider, text);
      button.addEventListener("click", function () { if (timer) { stop(); } else { play(); } });
      slider.addEventListener("input", function () {
        if (timer) { stop(); }
        show(Number(slider.value));
      });
      show(last);
    }());
    """
}
