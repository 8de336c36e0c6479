// Buttons and selects under a message, with their pending and failed states.

import { linkAddress } from "./addresses.js";
import { pressComponent } from "./actions.js";
import { h, hidden, uniqueId } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { state } from "./state.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link" };
const ROW = 1;
const BUTTON = 2;
const SELECT = 3;

const emojiText = (emoji) => (emoji?.id ? `:${emoji.name}:` : (emoji?.name ?? null));

function dots() {
  return h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
}

function buttonNode(button, message, press) {
  const style = STYLES[button.style] ?? "secondary";
  const emoji = emojiText(button.emoji);
  const content = [emoji && h("span", { class: "emoji" }, emoji), button.label && h("span", {}, button.label)];
  const className = `button is-${style}`;
  if (style === "link") {
    const address = linkAddress(button.url);
    return h("a", { class: className, href: address, target: "_blank", rel: "noopener noreferrer" }, content, icon("link", 16));
  }
  const waiting = press && !press.failed;
  const pressed = waiting && press.customId === button.custom_id;
  return h(
    "button",
    {
      class: pressed ? `${className} is-pending` : className,
      type: "button",
      disabled: button.disabled,
      "aria-busy": pressed ? "true" : null,
      "aria-disabled": waiting ? "true" : null,
      "data-custom-id": button.custom_id,
      onclick: () => waiting || pressComponent(message.id, button.custom_id),
    },
    h("span", { class: "button-content" }, content),
    pressed ? dots() : null,
  );
}

function optionNode(option, { id, several, chosen, choose }) {
  return h(
    "li",
    { id, role: "option", class: "select-option", "aria-selected": String(chosen.has(option.value)), onclick: () => choose(option.value) },
    emojiText(option.emoji) && h("span", { class: "emoji" }, emojiText(option.emoji)),
    h("span", { class: "select-option-text" }, h("span", {}, option.label), option.description && h("small", {}, option.description)),
    several ? h("span", { class: "tick" }) : null,
  );
}

/** A drop-down: closed it is a button, open it is a list box that keeps the focus. */
function selectNode(select, message, press) {
  const listId = uniqueId("select");
  const several = (select.max_values ?? 1) > 1;
  const chosen = new Set(select.options.filter((option) => option.default).map((option) => option.value));
  const waiting = Boolean(press && !press.failed);
  let active = 0;
  const send = () => {
    close();
    pressComponent(message.id, select.custom_id, select.options.map((o) => o.value).filter((v) => chosen.has(v)));
  };
  const choose = (value) => {
    if (!several) {
      chosen.clear();
      chosen.add(value);
      send();
    } else {
      if (!chosen.delete(value) && chosen.size < select.max_values) chosen.add(value);
      draw();
    }
  };
  const list = h("ul", { id: listId, role: "listbox", tabindex: "-1", class: "select-list", hidden: true, "aria-multiselectable": several ? "true" : null, "aria-label": select.placeholder ?? t("select.placeholder") });
  const summary = () => select.options.filter((o) => chosen.has(o.value)).map((o) => o.label).join(", ");
  const label = h("span", { class: "select-label" });
  const opener = h("button", { class: "select-opener", type: "button", "aria-haspopup": "listbox", "aria-expanded": "false", "aria-controls": listId, disabled: select.disabled || waiting, "data-custom-id": select.custom_id, onclick: () => (list.hidden ? open() : close()) }, label, waiting ? dots() : icon("chevron", 18));
  const confirm = h("button", { class: "button is-primary select-confirm", type: "button", hidden: true, onclick: send }, t("select.confirm"));
  function draw() {
    list.replaceChildren(...select.options.map((option, index) => optionNode(option, { id: `${listId}-${index}`, several, chosen, choose })));
    list.children[active]?.classList.add("is-active");
    list.setAttribute("aria-activedescendant", `${listId}-${active}`);
    list.children[active]?.scrollIntoView({ block: "nearest" });
    label.textContent = summary() || select.placeholder || t("select.placeholder");
    label.classList.toggle("is-placeholder", chosen.size === 0);
    confirm.hidden = !several || list.hidden;
    confirm.disabled = chosen.size < (select.min_values ?? 1);
  }
  function open() {
    list.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    draw();
    list.focus();
  }
  function close() {
    list.hidden = true;
    opener.setAttribute("aria-expanded", "false");
    confirm.hidden = true;
    if (document.activeElement === list) opener.focus();
  }
  const move = (to) => {
    active = Math.max(0, Math.min(select.options.length - 1, to));
    draw();
  };
  list.addEventListener("keydown", (event) => {
    const keys = { ArrowDown: () => move(active + 1), ArrowUp: () => move(active - 1), Home: () => move(0), End: () => move(Infinity), Escape: close, " ": () => choose(select.options[active].value), Enter: () => choose(select.options[active].value) };
    if (!keys[event.key]) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  });
  const node = h("div", { class: "select" }, opener, list, confirm);
  node.addEventListener("focusout", (event) => node.contains(event.relatedTarget) || close());
  draw();
  return node;
}

function componentNode(component, message, press) {
  if (component.type === BUTTON) return buttonNode(component, message, press);
  if (component.type === SELECT) return selectNode(component, message, press);
  return h("span", { class: "component-unknown" }, `component ${component.type}`);
}

/** All rows of a message's components, and the line that says a press failed. */
export function componentRows(message) {
  const rows = (message.components ?? []).filter((row) => row.type === ROW);
  if (!rows.length) return null;
  const press = state.presses.get(message.id);
  const failed = press?.failed
    ? h("div", { class: "press-failed", role: "alert" }, icon("warning", 16), t("message.press_failed"))
    : null;
  return h(
    "div",
    { class: "components" },
    rows.map((row) => h("div", { class: "component-row" }, row.components.map((one) => componentNode(one, message, press)))),
    press && !press.failed ? hidden("…") : null,
    failed,
  );
}
