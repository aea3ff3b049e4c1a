import { expect, test } from 'vitest';
import { readPersonClue } from './person-clue.ts';

test.each([
  [' Dana@Brightforge.example ', { kind: 'email', value: 'dana@brightforge.example' }],
  ['https://www.linkedin.com/in/Dana-Ortiz/', { kind: 'linkedin', value: 'dana-ortiz' }],
  ['salesforce:contact:0035g00000DanOr', { kind: 'crm', value: 'salesforce:contact:0035g00000DanOrAAJ' }],
  ['Dana Ortiz', null],
  ['', null],
])('%s names %j', (text, clue) => expect(readPersonClue(text)).toEqual(clue));
