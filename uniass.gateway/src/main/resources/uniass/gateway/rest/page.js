'use strict';
// The page: everything comes by the REST interface, and new results by its events.
const API = 'api/v1/';
const MOST = 60; // results shown
const POINTS = 300; // scores in the chart
const $ = id => document.getElementById(id);
const results = []; // the newest last
let shown = null;
let token = sessionStorage.getItem('uniass-token') || '';

// ---- Requests -------------------------------------------------------------------------------

async function ask(path, options = {}) {
  const headers = new Headers(options.headers);
  if (token) headers.set('Authorization', 'Bearer ' + token);
  const response = await fetch(API + path, { ...options, headers });
  if (response.status === 401) {
    $('access').hidden = false;
    $('token').focus();
  }
  return response;
}

async function json(path, options) {
  const response = await ask(path, options);
  const body = await response.json();
  if (!response.ok && response.status !== 503) throw new Error(body.detail || body.title);
  return body;
}

/** Images come by requests too, because an address alone cannot carry the token. */
async function draw(img, path) {
  img.removeAttribute('src');
  const wanted = img.dataset.path = path;
  const response = await ask(path);
  if (!response.ok || img.dataset.path !== wanted) return false;
  const url = URL.createObjectURL(await response.blob());
  img.onload = () => URL.revokeObjectURL(url);
  img.src = url;
  return true;
}

function make(tag, text, className) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  if (className) element.className = className;
  return element;
}

function column(name) {
  const head = make('th', name);
  head.scope = 'col';
  return head;
}

const short = number => number === null ? '–' : Number(number.toPrecision(4)).toString();
const time = result => new Date(result.time).toLocaleTimeString();

// ---- Stations -------------------------------------------------------------------------------

async function stations() {
  try {
    const health = await json('health');
    $('health').textContent = health.status;
    $('health').className = 'badge ' + health.status;
    if (!health.stations) return;
    $('stations').replaceChildren(...health.stations.map(card));
    const names = health.stations.map(station => station.name);
    const now = [...$('station').options].map(option => option.value);
    if (names.join() !== now.join()) {
      for (const id of ['station', 'of']) {
        $(id).replaceChildren(...names.map(name => new Option(name, name)));
      }
      models();
    }
  } catch (e) {
    $('health').textContent = 'no connection';
    $('health').className = 'badge down';
  }
}

function card(station) {
  const card = make('article', undefined, 'card');
  const title = make('h3', station.name);
  title.append(make('span', station.state, 'badge ' + station.state));
  card.append(title);
  if (station.model) card.append(make('p', station.model.name + '@' + station.model.version));
  if (station.threshold !== undefined) {
    card.append(make('p', 'threshold ' + short(station.threshold)
      + (station.category ? ' (' + station.category + ')' : '')
      + (station['threshold-version'] ? ', version ' + station['threshold-version'] : '')));
  }
  if (station.state === 'ready') {
    card.append(make('p', 'queue ' + station.queued + ' / ' + station['queue-length'] + ' · ' + perMinute(station.name)));
  }
  const images = station.condition;
  if (station.state === 'ready') {
    const line = make('p', 'images ');
    line.append(make('span', images.state, 'badge ' + images.state.replace(' ', '-')));
    if (images.distance !== undefined) line.append(' distance to the calibration ' + short(images.distance));
    card.append(line);
  }
  if (images.detail) card.append(make('p', images.detail));
  if (station.detail) card.append(make('p', station.detail));
  return card;
}

function perMinute(name) {
  const since = Date.now() - 60000;
  const count = results.filter(r => r.station === name && Date.parse(r.time) > since).length;
  return count + ' images / min';
}

// ---- Results --------------------------------------------------------------------------------

function add(result) {
  if (results.some(known => known.id === result.id)) return;
  results.push(result);
  results.sort((a, b) => a.id < b.id ? -1 : 1);
  while (results.length > POINTS) results.shift();
  $('empty').hidden = true;
  const stream = $('stream');
  const next = [...stream.children].find(item => item.dataset.id < result.id);
  stream.insertBefore(thumbnail(result), next || null);
  while (stream.children.length > MOST) stream.lastChild.remove();
  scores();
}

function thumbnail(result) {
  const item = make('li');
  item.dataset.id = result.id;
  const button = make('button');
  button.type = 'button';
  const image = make('img');
  image.alt = '';
  image.width = image.height = 150;
  button.append(image, make('span', result.verdict, 'verdict ' + result.verdict),
    make('span', result['normalized-score'] === null ? 'score ' + short(result.score)
      : short(result['normalized-score']) + ' × threshold'),
    make('span', result.station + ' · ' + time(result)));
  button.onclick = () => { show(result); $('large').scrollIntoView({ block: 'nearest' }); };
  item.append(button);
  draw(image, 'results/' + result.id + '/overlay').then(drawn => {
    if (!drawn) image.replaceWith(make('div', 'image not kept', 'none'));
  });
  return item;
}

async function show(result) {
  shown = result;
  $('large').hidden = false;
  for (const item of $('stream').children) {
    item.firstChild.setAttribute('aria-current', item.dataset.id === result.id);
  }
  facts(result);
  const kept = await Promise.all([
    draw($('image'), 'results/' + result.id + '/image'),
    draw($('heat'), 'results/' + result.id + '/heatmap')]);
  $('viewer').hidden = !kept[0];
  $('heat').style.opacity = $('slider').value / 100;
}

function facts(result) {
  const rows = [
    ['Verdict', result.verdict], ['Score', short(result.score)],
    ['Threshold', short(result.threshold)], ['Score / threshold', short(result['normalized-score'])],
    ['Station', result.station], ['Model', result.model.name + '@' + result.model.version],
    ['Time', new Date(result.time).toLocaleString()],
    ['Image', result.image.width + ' × ' + result.image.height + ' px'],
    ['Duration', Math.round(result.timings.total) + ' ms'], ['Id', result.id]];
  $('facts').replaceChildren(...rows.flatMap(([name, value], i) =>
    [make('dt', name), make('dd', value, i === 0 ? result.verdict : undefined)]));
  $('good').setAttribute('aria-pressed', result.feedback === 'good');
  $('missed').setAttribute('aria-pressed', result.feedback === 'missed');
  const names = ['x', 'y', 'width', 'height', 'area', 'peak'];
  const table = $('regions');
  table.replaceChildren();
  if (result.regions.length) {
    const head = make('tr');
    names.forEach(name => head.append(column(name)));
    table.append(make('caption', 'Regions, in pixels; peak is a score'), head, ...result.regions.map(region => {
      const row = make('tr');
      names.forEach(name => row.append(make('td', short(region[name]))));
      return row;
    }));
  }
  boxes(result);
}

function boxes(result) {
  const svg = $('boxes');
  svg.setAttribute('viewBox', '0 0 ' + result.image.width + ' ' + result.image.height);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.replaceChildren(...result.regions.map(region => {
    const box = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const name of ['x', 'y', 'width', 'height']) box.setAttribute(name, region[name]);
    return box;
  }));
}

async function judge(said) {
  if (!shown) return;
  try {
    const result = await json('results/' + shown.id + '/feedback', {
      method: 'POST', headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ feedback: said }) });
    Object.assign(shown, result);
    facts(shown);
  } catch (e) {
    $('message').textContent = e.message;
  }
}

// ---- Upload ---------------------------------------------------------------------------------

async function inspect(files) {
  $('message').textContent = '';
  for (const file of files) {
    try {
      const result = await json('stations/' + encodeURIComponent($('station').value) + '/inspect',
        { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file });
      if (result.id === undefined) throw new Error(result.detail);
      add(result);
      show(results.find(known => known.id === result.id));
      $('said').textContent = file.name + ': ' + result.verdict + ', score ' + short(result.score);
    } catch (e) {
      $('message').textContent = file.name + ': ' + e.message;
    }
  }
}

$('files').onchange = event => { inspect([...event.target.files]); event.target.value = ''; };
for (const type of ['dragover', 'dragleave', 'drop']) {
  $('drop').addEventListener(type, event => {
    event.preventDefault();
    $('drop').classList.toggle('over', type === 'dragover');
    if (type === 'drop') inspect([...event.dataTransfer.files]);
  });
}
$('slider').oninput = event => { $('heat').style.opacity = event.target.value / 100; };
$('good').onclick = () => judge('good');
$('missed').onclick = () => judge('missed');
$('access').onsubmit = event => {
  event.preventDefault();
  token = $('token').value;
  sessionStorage.setItem('uniass-token', token);
  $('access').hidden = true;
  start();
};

// ---- Events ---------------------------------------------------------------------------------

async function listen() {
  const last = results.length ? results[results.length - 1].id : '';
  const response = await ask('events' + (last ? '?since=' + last : ''));
  if (!response.ok) throw new Error('no events');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    const blocks = text.split('\n\n');
    text = blocks.pop();
    for (const block of blocks) {
      const data = block.split('\n').find(line => line.startsWith('data: '));
      if (data) add(JSON.parse(data.slice(6)));
    }
  }
}

let listening = false;

async function follow() {
  if (listening) return;
  listening = true;
  try {
    const latest = await json('results?limit=' + MOST);
    latest.results.forEach(add);
    if (!shown && results.length) show(results[results.length - 1]);
    await listen();
  } catch (e) {
    // shown as the health; tried again below
  } finally {
    listening = false;
  }
}

function start() {
  stations();
  follow();
}

start();
setInterval(start, 3000);
