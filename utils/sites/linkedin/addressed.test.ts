import { expect, it } from 'vitest';
import { canBeNamed } from './addressed.ts';

it.each<['person' | 'company', string, string]>([
  ['person', 'oskar-vane-9b1', 'Oskar Vane'],
  ['person', 'oskar-vane-5a7b19c', 'Oskar H. Vane, MBA'],
  ['person', 'oskar-h-vane', 'Oskar Henrik Vane'],
  ['person', 'vane-oskar', 'Oskar Vane'],
  ['person', 'oskarvane92', 'Oskar Vane'],
  ['person', 'ovane', 'Oskar Vane'],
  ['person', 'oskarhvane', 'Oskar H. Vane'],
  ['person', 'h%C3%A9l%C3%A8ne-l%C3%B8w', 'Hélène Løw'],
  ['company', 'pennant-works', 'Pennant Works Ltd.'],
  ['company', 'pennantworks', 'The Pennant Works'],
  ['company', 'pennant-gmbh', 'Pennant'],
  ['company', 'tarn', 'Tarn'],
  ['person', 'мария-иванова', 'Мария Иванова'],
])('the address of a %s %s can be that of %s', (kind, id, name) => expect(canBeNamed(kind, id, name)).toBe(true));

it.each<['person' | 'company', string, string]>([
  ['person', 'maria-lopez-77', 'Maria Garcia'],
  ['person', 'jose-garcia', 'Maria Garcia'],
  ['company', 'acme-works', 'Pennant Works'],
  ['company', 'the-pennant-works', 'Tarnfield'],
  ['person', 'pennant-cloud', 'Pennant'],
  ['person', 'the-plant-engineer', 'Ilse Marrow'],
  ['person', 'om', 'Oskar Marrow'],
  ['person', 'ACoAABCDEFGHIJK', 'Oskar Vane'],
  ['person', '77', 'Oskar Vane'],
  ['person', '', 'Oskar Vane'],
  ['person', 'oskar', ''],
])('the address of a %s %s is not known for that of %s', (kind, id, name) =>
  expect(canBeNamed(kind, id, name)).toBe(false),
);
