"use strict";
(function () {
  var root = document.documentElement;
  root.classList.add("js");
  var data = JSON.parse(document.getElementById("numbers").textContent);
  var charts = [];
  var highlighted = data.weakest.slice();

  function style(name) {
    return getComputedStyle(root).getPropertyValue(name).trim();
  }

  // ---- tables ----
  document.querySelectorAll("table.sortable").forEach(function (table) {
    var heads = table.querySelectorAll("thead th");
    heads.forEach(function (head, column) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.appendChild(button);
      button.addEventListener("click", function () {
        // Text ascends at first, values descend.
        var first = column === 0 ? "ascending" : "descending";
        var other = column === 0 ? "descending" : "ascending";
        var order = head.getAttribute("aria-sort") === first ? other : first;
        heads.forEach(function (h) { h.removeAttribute("aria-sort"); });
        head.setAttribute("aria-sort", order);
        sort(table.tBodies[0], column, order === "ascending" ? 1 : -1);
      });
    });
  });

  function sort(body, column, sign) {
    var rows = Array.from(body.rows);
    rows.sort(function (a, b) {
      var x = a.cells[column], y = b.cells[column];
      if (column === 0) {
        return sign * x.textContent.localeCompare(y.textContent);
      }
      var p = parseFloat(x.dataset.value), q = parseFloat(y.dataset.value);
      if (isNaN(p) || isNaN(q)) {
        return isNaN(p) - isNaN(q); // undefined values stay at the end
      }
      return sign * (p - q);
    });
    rows.forEach(function (row) { body.appendChild(row); });
  }

  // ---- charts ----
  function axes(xName, yName) {
    function axis(name, side) {
      return {
        label: name, labelSize: 18, labelFont: "12px sans-serif", font: "11px sans-serif",
        size: side ? 48 : 32, stroke: style("--faint"),
        grid: { stroke: style("--line"), width: 0.5 }, ticks: { stroke: style("--line"), width: 0.5 }
      };
    }
    return [axis(xName, false), axis(yName, true)];
  }

  function draw(place, title, label, options, values) {
    if (title) {
      var heading = document.createElement("h3");
      heading.textContent = title;
      place.appendChild(heading);
    }
    options.width = place.clientWidth;
    var chart = new uPlot(options, values, place);
    chart.ctx.canvas.setAttribute("role", "img");
    chart.ctx.canvas.setAttribute("aria-label", label);
    var observer = new ResizeObserver(function () {
      if (place.clientWidth > 0 && place.clientWidth !== chart.width) {
        chart.setSize({ width: place.clientWidth, height: options.height });
      }
    });
    observer.observe(place);
    charts.push({ chart: chart, observer: observer });
  }

  function cell() {
    var place = document.createElement("div");
    place.className = "chart";
    document.getElementById("charts").appendChild(place);
    return place;
  }

  function colors() {
    var palette = ["--one", "--two", "--three", "--four"];
    var of = {};
    highlighted.forEach(function (name, i) { of[name] = style(palette[i % palette.length]); });
    return of;
  }

  var TITLES = {
    "pixel-pr": ["Precision and recall of pixels", "recall", "precision"],
    "pixel-roc": ["ROC of pixels", "false positive rate", "true positive rate"],
    "pro": ["Overlap per region (PRO)", "false positive rate", "mean overlap"],
    "image-pr": ["Precision and recall of images", "recall", "precision"],
    "image-roc": ["ROC of images", "false positive rate", "true positive rate"]
  };

  function curves() {
    var of = colors();
    data.curves.forEach(function (curve) {
      var text = TITLES[curve.name];
      var names = Object.keys(curve.lines);
      // Colored lines last, so that they lie on top.
      names.sort(function (a, b) { return (a in of) - (b in of); });
      var series = [{ label: text[1], value: number }].concat(names.map(function (name) {
        var at = highlighted.indexOf(name);
        return {
          label: name, value: number, spanGaps: false, points: { show: false },
          stroke: of[name] || style("--gray"), width: name in of ? 2.25 : 1,
          dash: at > 3 ? [6, 3] : undefined
        };
      }));
      draw(cell(), text[0], text[0] + " of " + names.join(", ") + "; the table of metrics has their areas", {
        height: 260, series: series, axes: axes(text[1], text[2]), legend: { show: false },
        cursor: { drag: { x: true, y: true } },
        scales: { x: { time: false, range: [0, curve.x[curve.x.length - 1]] }, y: { range: [0, 1.02] } }
      }, [curve.x].concat(names.map(function (name) { return curve.lines[name]; })));
    });
  }

  function number(chart, value) {
    return value == null ? "" : Number(value).toPrecision(4);
  }

  function training() {
    var lines = data.training.lines;
    if (!lines || data.training.epoch.length < 2) {
      return;
    }
    var names = Object.keys(lines);
    var paints = ["--two", "--one"];
    var positive = names.every(function (name) {
      return lines[name].every(function (v) { return v == null || v > 0; });
    });
    draw(cell(), "Training: loss by epoch", "Loss of " + data.training.epoch.length + " epochs, " + names.map(function (name) {
      var found = lines[name].filter(function (v) { return v != null; });
      return name + " from " + number(null, found[0]) + " to " + number(null, found[found.length - 1]);
    }).join(", "), {
      height: 260, legend: { live: false }, axes: axes("epoch", positive ? "loss (log)" : "loss"),
      scales: { x: { time: false }, y: positive ? { distr: 3 } : {} },
      series: [{ label: "epoch" }].concat(names.map(function (name, i) {
        return { label: name, stroke: style(paints[i]), width: 2, value: number, points: { show: data.training.epoch.length < 40 } };
      }))
    }, [data.training.epoch].concat(names.map(function (name) { return lines[name]; })));
  }

  function histogram(place) {
    var h = data.histograms[place.dataset.category];
    if (!h) {
      place.remove();
      return;
    }
    var middles = h.normal.map(function (_, i) { return (h.edges[i] + h.edges[i + 1]) / 2; });
    var step = uPlot.paths.stepped({ align: 0 });
    var bars = uPlot.paths.bars({ size: [0.9, 200], align: 0 });
    function bins(name, paint) {
      return {
        label: name, stroke: style(paint), fill: style(paint) + "66", width: 1.5,
        paths: middles.length > 1 ? bars : step, points: { show: false }
      };
    }
    var low = h.edges[0], high = h.edges[h.edges.length - 1];
    var spread = high - low;
    if (h.threshold != null && h.threshold > low - 4 * spread && h.threshold < high + 4 * spread) {
      // show the threshold even if all scores lie on one side of it
      low = Math.min(low, h.threshold - 0.03 * spread);
      high = Math.max(high, h.threshold + 0.03 * spread);
    }
    var both = axes("score", "images");
    both[1].incrs = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 100000]; // whole images
    draw(place, "", "Scores of " + sum(h.normal) + " normal and " + sum(h.anomalous) + " anomalous images of "
      + place.dataset.category + (h.threshold == null ? "" : "; threshold " + number(null, h.threshold)), {
      height: 170, axes: both, legend: { live: false },
      scales: { x: { time: false, range: [low, high] }, y: { range: function (u, min, max) { return [0, Math.max(1, max) * 1.1]; } } },
      series: [{ label: "score", value: number }, bins("normal", "--two"), bins("anomalous", "--one")],
      hooks: { draw: [function (u) { line(u, h.threshold); }] }
    }, [middles, h.normal.map(present), h.anomalous.map(present)]);
  }

  function sum(counts) {
    return counts.reduce(function (a, b) { return a + b; }, 0);
  }

  /** An empty bin is no bar, not a bar of no height. */
  function present(count) {
    return count === 0 ? null : count;
  }

  function line(u, threshold) {
    if (threshold == null || threshold < u.scales.x.min || threshold > u.scales.x.max) {
      return;
    }
    var x = Math.round(u.valToPos(threshold, "x", true)), context = u.ctx, ratio = devicePixelRatio;
    context.save();
    context.strokeStyle = context.fillStyle = style("--ink");
    context.lineWidth = 1.5 * ratio;
    context.setLineDash([5 * ratio, 4 * ratio]);
    context.beginPath();
    context.moveTo(x, u.bbox.top);
    context.lineTo(x, u.bbox.top + u.bbox.height);
    context.stroke();
    context.font = 11 * ratio + "px sans-serif";
    var right = x > u.bbox.left + u.bbox.width * 0.7;
    context.textAlign = right ? "right" : "left";
    context.fillText("threshold", x + (right ? -5 : 5) * ratio, u.bbox.top + 11 * ratio);
    context.restore();
  }

  function legend() {
    var place = document.getElementById("legend");
    if (!place) {
      return;
    }
    place.textContent = "";
    var names = {};
    data.curves.forEach(function (curve) { Object.assign(names, curve.lines); });
    var of = colors();
    Object.keys(names).forEach(function (name) {
      var button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.setAttribute("aria-pressed", String(name in of));
      if (name in of) {
        button.style.setProperty("--color", of[name]);
      }
      button.addEventListener("click", function () {
        var at = highlighted.indexOf(name);
        if (at >= 0) {
          highlighted.splice(at, 1);
        } else {
          highlighted.push(name);
        }
        redraw();
      });
      place.appendChild(button);
    });
  }

  function redraw() {
    charts.forEach(function (c) {
      c.observer.disconnect();
      c.chart.destroy();
    });
    charts = [];
    document.getElementById("charts").textContent = "";
    legend();
    training();
    curves();
    document.querySelectorAll(".histogram").forEach(histogram);
  }

  redraw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  ["beforeprint", "afterprint"].forEach(function (event) { // paper is light
    addEventListener(event, function () {
      root.classList.toggle("print", event === "beforeprint");
      redraw();
    });
  });
})();
