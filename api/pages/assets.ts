/** Style and script of the pages. */

/** Readable at any width, in light and dark, with a focus that is seen. */
export const STYLE = `:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #fff; --soft: #55555e; --line: #8a8a94; --act: #1f4fbf; --on-act: #fff; }
@media (prefers-color-scheme: dark) { :root { --ink: #ececf1; --paper: #17171b; --soft: #b4b4bf; --line: #85858f; --act: #8fb2ff; --on-act: #10131c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.55 system-ui, sans-serif; }
main { max-width: 36rem; margin: 0 auto; padding: 3rem 1.25rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 1rem; }
p { margin: 0 0 1rem; }
.soft { color: var(--soft); font-size: 0.95rem; }
label { display: block; font-weight: 600; margin-bottom: 0.35rem; }
input + label { margin-top: 1.1rem; }
textarea { width: 100%; font: inherit; padding: 0.6rem 0.7rem; border: 1px solid var(--line); border-radius: 0.4rem; background: transparent; color: inherit; }
dl { margin: 0 0 1rem; }
dt { color: var(--soft); font-size: 0.95rem; }
dd { margin: 0 0 0.6rem; overflow-wrap: anywhere; white-space: pre-wrap; }
.choices { display: flex; flex-wrap: wrap; gap: 0 0.75rem; margin: 0 0 1rem; padding: 0; border: 0; }
.choices legend { padding: 0; margin-top: 1.1rem; font-weight: 600; }
a { color: var(--act); }
input { width: 100%; font: inherit; padding: 0.6rem 0.7rem; border: 1px solid var(--line); border-radius: 0.4rem; background: transparent; color: inherit; }
button { font: inherit; font-weight: 600; margin-top: 1.25rem; padding: 0.75rem 1.5rem; min-height: 2.75rem; border: 0; border-radius: 0.4rem; background: var(--act); color: var(--on-act); cursor: pointer; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 3px; }
.has-token .by-hand { display: none; }
code { font-size: 0.95em; overflow-wrap: anywhere; }
`;

/** Takes the token out of the address, so that it stays in no history, and into the form; what only looks is sent at once. */
export const SCRIPT = `const form = document.querySelector('form');
const token = location.hash.slice(1);
if (form && token) {
  form.elements.token.value = token;
  form.classList.add('has-token');
  history.replaceState(null, '', location.pathname);
  if (form.dataset.look !== undefined) form.requestSubmit();
}
if (form?.dataset.go !== undefined) form.requestSubmit();
`;
