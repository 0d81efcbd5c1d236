/**
 * A form in another language. form-js has one text each; translations stand in the custom properties of a component,
 * which its editor shows and keeps: `label:pt-BR`, `description:pt-BR`, `text:pt-BR`, and `option:<value>:pt-BR` for
 * an option. Class: pure.
 */
import { isContext, type Json, own, type RawComponent } from '../model/index.js';

/** Entries of a component that people read. */
const TRANSLATED = ['label', 'description', 'text', 'dateLabel', 'timeLabel'] as const;

/** The schema with the texts of a language; a text without translation stays. */
export function localizeForm(schema: RawComponent, locale: string): RawComponent {
  return localize(schema, locale);
}

function localize(component: RawComponent, locale: string): RawComponent {
  const properties = own(component, 'properties');
  const texts = isContext(properties) ? properties : {};
  const changed: Record<string, Json> = { ...component };
  for (const name of TRANSLATED) {
    const text = own(texts, `${name}:${locale}`);
    if (typeof text === 'string' && Object.hasOwn(component, name)) changed[name] = text;
  }
  const { values, components } = component;
  if (Array.isArray(values)) changed.values = values.map((one) => option(one, texts, locale));
  if (Array.isArray(components)) {
    changed.components = components.map((one) => (isContext(one) ? localize(one, locale) : one));
  }
  return changed;
}

function option(value: Json, texts: RawComponent, locale: string): Json {
  if (!isContext(value)) return value;
  const label = own(texts, `option:${String(own(value, 'value'))}:${locale}`);
  return typeof label === 'string' ? { ...value, label } : value;
}

/** What a form lacks in a language: `key: name` of each text without translation. */
export function missingTexts(schema: RawComponent, locale: string): readonly string[] {
  const { components } = schema;
  if (!Array.isArray(components)) return [];
  return components.filter(isContext).flatMap((component) => {
    const properties = own(component, 'properties');
    const texts = isContext(properties) ? properties : {};
    const place = String(component.key ?? component.id ?? component.type);
    const names = TRANSLATED.filter((name) => typeof own(component, name) === 'string');
    const { values } = component;
    const options = (Array.isArray(values) ? values : []).filter(isContext);
    const keys = [...names, ...options.map((one) => `option:${String(own(one, 'value'))}`)];
    const lacking = keys.filter((name) => own(texts, `${name}:${locale}`) === undefined);
    return [...lacking.map((name) => `${place}: ${name}`), ...missingTexts(component, locale)];
  });
}
