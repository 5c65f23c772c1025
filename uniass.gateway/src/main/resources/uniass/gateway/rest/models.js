'use strict';
// Models, the shadow, and thresholds of the station that is chosen. page.js comes before.

const chosen = () => $('of').value;
const here = path => 'stations/' + encodeURIComponent(chosen()) + '/' + path;

async function post(path, body) {
  return json(path, { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: body === undefined ? '' : JSON.stringify(body) });
}

function button(text, label, action) {
  const element = make('button', text);
  element.type = 'button';
  element.setAttribute('aria-label', label);
  element.onclick = () => act(action, label);
  return element;
}

/** Does something, says how it went, and shows how things are then. */
async function act(action, what) {
  $('models-message').textContent = what + ' …';
  try {
    const said = await action();
    $('models-message').textContent = typeof said === 'string' ? said : what + ': done';
  } catch (e) {
    $('models-message').textContent = e.message;
  }
  await models();
  stations();
}

async function models() {
  try {
    const all = await json('models');
    $('models-section').hidden = false;
    $('models-tools').hidden = !all.kept;
    $('models-none').hidden = all.kept;
    const focus = document.activeElement && document.activeElement.getAttribute('aria-label');
    $('models').replaceChildren(...(all.models.length ? [modelHead(), ...all.models.map(modelRow)] : []));
    await shadow(all.models);
    if (focus && document.activeElement === document.body) {
      const again = [...document.querySelectorAll('#models-section button')]
        .find(one => one.getAttribute('aria-label') === focus);
      if (again) again.focus();
    }
  } catch (e) {
    // shown as the health; tried again
  }
}

function modelHead() {
  const head = make('tr');
  ['Model', 'In use at', 'Shadow at', 'Added', 'Signed by', 'Actions'].forEach(name => head.append(column(name)));
  return head;
}

function modelRow(model) {
  const row = make('tr', undefined, model.retired ? 'retired' : undefined);
  const name = make('th', model.model);
  name.scope = 'row';
  name.title = model.checksum;
  row.append(name, make('td', model.active.join(', ') || '–'), make('td', model.shadow.join(', ') || '–'),
    make('td', new Date(model.added).toLocaleString()), make('td', model.signer || 'nobody'));
  const actions = make('td', undefined, 'row-actions');
  if (model.retired) {
    actions.append('retired');
  } else if (!model.active.includes(chosen())) {
    actions.append(
      button('Use', 'Use ' + model.model, () => post(here('activate'), { model: model.model })));
    if (!model.shadow.includes(chosen())) {
      actions.append(
        button('Compare', 'Compare ' + model.model, () => post(here('shadow'), { model: model.model })));
    }
    if (!model.active.length && !model.shadow.length) {
      actions.append(button('Retire', 'Retire ' + model.model, () =>
        confirm('Delete the file of ' + model.model + '?')
          ? post('models/' + encodeURIComponent(model.model) + '/retire') : 'nothing was done'));
    }
  }
  row.append(actions);
  return row;
}

// ---- Shadow ---------------------------------------------------------------------------------

async function shadow(known) {
  const compared = known.some(model => model.shadow.includes(chosen()));
  const response = compared ? await ask(here('shadow')) : { ok: false };
  $('shadow').hidden = !response.ok;
  if (!response.ok) return;
  const other = await response.json();
  const images = other.agreement.reduce((sum, cell) => sum + cell.images, 0);
  $('shadow-title').textContent = other.model + ' sees the same images';
  $('shadow-count').textContent = images + ' images compared, ' + other.skipped + ' left out';
  const verdicts = [...new Set(other.agreement.flatMap(cell => [cell.verdict, cell.shadow]))].sort().reverse();
  const head = make('tr');
  ['In use', ...verdicts.map(verdict => other.model + ': ' + verdict)].forEach(text => head.append(column(text)));
  $('agreement').replaceChildren(...(images ? [head] : []), ...verdicts.map(verdict => {
    const row = make('tr');
    const name = make('th', verdict);
    name.scope = 'row';
    row.append(name);
    verdicts.forEach(theirs => {
      const cell = other.agreement.find(c => c.verdict === verdict && c.shadow === theirs);
      row.append(make('td', cell ? cell.images : 0, cell && verdict !== theirs ? 'anomalous' : undefined));
    });
    return row;
  }));
  const listed = [...$('disagreements').children].map(item => item.dataset.id).join();
  const ids = other.disagreements.slice(-12).reverse();
  $('disagreements-title').hidden = !ids.length;
  if (listed !== ids.join()) {
    $('disagreements').replaceChildren(...await Promise.all(ids.map(disagreement)));
  }
}

async function disagreement(id) {
  const item = make('li');
  item.dataset.id = id;
  const response = await ask('results/' + id);
  if (response.ok) item.append(thumbnail(await response.json()).firstChild);
  return item;
}

// ---- Thresholds -----------------------------------------------------------------------------

let proposal = null;

async function propose() {
  proposal = await json(here('recalibration'));
  const rows = [
    ['Now', short(proposal.threshold ?? null) + (proposal['threshold-version'] ? ' (version ' + proposal['threshold-version'] + ')' : ' (the model’s own)')],
    ['Proposed', short(proposal.proposed)],
    ['Confirmed images', proposal.images + (proposal['left-out'] ? ', ' + proposal['left-out'] + ' not kept' : '')],
    ['Would become anomalous', proposal['now-anomalous'].length + ' of the last results'],
    ['Would become normal', proposal['now-normal'].length + ' of the last results'],
    ['Missed defects it would find', proposal['missed-caught'] + ' of ' + proposal.missed],
    ['Promise', proposal.promise]];
  $('proposal').replaceChildren(...rows.flatMap(([name, value]) => [make('dt', name), make('dd', value)]));
  $('apply').disabled = false;
  return 'Nothing has changed yet.';
}

$('propose').onclick = () => act(propose, 'Threshold from confirmed images');
$('apply').onclick = () => act(async () => {
  await post(here('recalibration'), { threshold: proposal.proposed });
  $('apply').disabled = true;
}, 'Apply the proposed threshold');
$('before').onclick = () => act(() => post(here('recalibration/rollback')), 'Roll back to the threshold before');
$('rollback').onclick = () => act(() => post(here('rollback')), 'Roll back to the model before');
$('promote').onclick = () => act(() => post(here('shadow/promote')), 'Use the compared model');
$('drop-shadow').onclick = () => act(() => post(here('shadow/drop')), 'End the comparison');
$('of').onchange = () => {
  $('proposal').replaceChildren();
  $('apply').disabled = true;
  models();
};
$('model-file').onchange = event => {
  const file = event.target.files[0];
  event.target.value = '';
  if (file) {
    act(async () => {
      const added = await json('models', { method: 'POST',
        headers: { 'Content-Type': 'application/octet-stream' }, body: file });
      return added.model + ' was added';
    }, 'Add ' + file.name);
  }
};

models();
setInterval(() => { if (!document.hidden) models(); }, 5000);
