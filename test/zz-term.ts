import { mkdtempSync } from 'node:fs';
import { startHouse } from './support/process.ts';
const codes = [];
for (let i = 0; i < 8; i++) {
  const house = await startHouse({ DATA_DIR: mkdtempSync('/tmp/luyan4/term-') });
  codes.push(await house.stop());
}
console.log('codes', codes.join(' '));
