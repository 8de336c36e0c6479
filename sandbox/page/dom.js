// Builds DOM nodes. Text always becomes a text node, so nothing a person typed is ever markup.

const SVG = "http://www.w3.org/2000/svg";

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return parent;
}

function assign(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") Object.assign(element.style, value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  return element;
}

/** `h("button", {class: "primary", onclick: press}, "Send")` */
export function h(tag, attributes = {}, ...children) {
  return append(assign(document.createElement(tag), attributes), children);
}

export function svg(tag, attributes = {}, ...children) {
  return append(assign(document.createElementNS(SVG, tag), attributes), children);
}

/** A text only screen readers meet. */
export function hidden(text) {
  return h("span", { class: "visually-hidden" }, text);
}

/**
 * Makes `container` hold exactly `wanted`, in order, touching only what differs: a focused button
 * in an unchanged message keeps its focus, and a screen reader hears the new message alone.
 */
export function reconcile(container, wanted) {
  const keep = new Set(wanted);
  for (const child of [...container.children]) if (!keep.has(child)) child.remove();
  wanted.forEach((element, index) => {
    if (container.children[index] !== element) {
      container.insertBefore(element, container.children[index] ?? null);
    }
  });
}

let lastId = 0;

/** A document-unique id, for aria references. */
export function uniqueId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}
