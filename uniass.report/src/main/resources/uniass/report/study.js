document.documentElement.classList.add('js');
const looks = JSON.parse(document.getElementById('looks').textContent);
if (looks.length) {
  const [look, left, right] = ['look', 'left', 'right'].map(id => document.getElementById(id));
  const fill = (select, names) => {
    const chosen = select.value;
    select.replaceChildren(...names.map(name => new Option(name, name)));
    if (names.includes(chosen)) select.value = chosen;
  };
  const image = () => looks.find(one => one.name === look.value);
  const show = () => {
    document.getElementById('over').src = image().maps[left.value];
    document.getElementById('under').src = image().maps[right.value];
  };
  const choose = () => {
    const first = !left.value;
    const variants = Object.keys(image().maps);
    fill(left, variants);
    fill(right, variants);
    if (first && variants.length > 1) right.value = variants[1];
    show();
  };
  fill(look, looks.map(one => one.name));
  look.addEventListener('change', choose);
  left.addEventListener('change', show);
  right.addEventListener('change', show);
  const slider = document.getElementById('slider');
  slider.addEventListener('input', () =>
    document.getElementById('split').style.setProperty('--at', slider.value + '%'));
  choose();
}
