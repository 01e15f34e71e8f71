#!/usr/bin/env node
// Writes currency_table.inc from ISO 4217's own list, which the npm package currency-codes carries.
//
//   npm install --no-save --prefix /tmp/iso currency-codes@2.2.0
//   NODE_PATH=/tmp/iso/node_modules node make_currency_table.js > currency_table.inc
//
// Codes without a smallest unit (gold, testing, "no currency") are left out: no document can be in
// them.
'use strict';
const fs = require('fs');

const version = require('currency-codes/package.json').version;
const xml = fs.readFileSync(require.resolve('currency-codes/iso-4217-list-one.xml'), 'utf8');
const published = /<ISO_4217 Pblshd="([0-9-]+)"/.exec(xml)[1];

const places = new Map();
for (const [, entry] of xml.matchAll(/<CcyNtry>([\s\S]*?)<\/CcyNtry>/g)) {
  const code = /<Ccy>([A-Z]{3})<\/Ccy>/.exec(entry);
  const units = /<CcyMnrUnts>([0-9])<\/CcyMnrUnts>/.exec(entry);
  if (!code || !units) continue;
  if (places.has(code[1]) && places.get(code[1]) !== units[1])
    throw new Error(`${code[1]} has two smallest units`);
  places.set(code[1], units[1]);
}
if (places.size < 150) throw new Error(`only ${places.size} currencies: has the list changed its form?`);

console.log(`// ISO 4217 list one of ${published} (npm currency-codes ${version}). Made by make_currency_table.js.`);
for (const code of [...places.keys()].sort()) console.log(`{"${code}", ${places.get(code)}},`);
