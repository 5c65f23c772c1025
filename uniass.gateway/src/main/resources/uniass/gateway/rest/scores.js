'use strict';
// The chart of scores; page.js calls it.

let chart = null;

function scores() {
  const rows = results.filter(result => result['normalized-score'] !== null);
  const data = [rows.map((_, i) => i), rows.map(r => r['normalized-score']), rows.map(() => 1)];
  if (!rows.length) return;
  $('scores-section').hidden = false;
  if (chart) {
    chart.setData(data);
    label(rows);
    return;
  }
  const style = getComputedStyle(document.body);
  const color = name => style.getPropertyValue(name).trim();
  const axis = {
    stroke: color('--soft'), grid: { stroke: color('--edge'), width: 1 },
    ticks: { stroke: color('--edge'), width: 1 } };
  chart = new uPlot({
    width: $('chart').clientWidth - 16, height: 220, legend: { show: false },
    cursor: { drag: { x: false } }, scales: { x: { time: false } },
    axes: [{ ...axis, grid: { show: false }, ticks: { show: false }, values: () => [], size: 12 },
      { ...axis, size: 44 }],
    series: [{},
      { stroke: color('--accent'), width: 1.5, points: { show: true, size: 6 } },
      { stroke: color('--bad'), width: 1.5, dash: [6, 4], points: { show: false } }],
  }, data, $('chart'));
  label(rows);
  chart.over.addEventListener('click', () => {
    if (chart.cursor.idx !== null && rows.length) {
      const all = results.filter(result => result['normalized-score'] !== null);
      show(all[chart.cursor.idx]);
    }
  });
}

/** What the chart shows, for those who cannot see it; the results below are its points. */
function label(rows) {
  const above = rows.filter(r => r['normalized-score'] >= 1).length;
  const canvas = chart.ctx.canvas;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', rows.length + ' scores, ' + above + ' at or above the threshold; the last is '
    + short(rows[rows.length - 1]['normalized-score']) + ' times the threshold');
}

addEventListener('resize', () => {
  if (chart) chart.setSize({ width: $('chart').clientWidth - 16, height: 220 });
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
  if (chart) { chart.destroy(); chart = null; scores(); }
});
