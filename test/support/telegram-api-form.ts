/** What a call to the Bot API carries: its fields, and the file that was uploaded with it. */
export interface Call {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly file?: Uploaded;
}

export interface Uploaded {
  readonly field: string;
  readonly name: string;
  readonly size: number;
}

/** Reads a call's body, JSON or a form; fields of a form that hold JSON are read as such. */
export function readCall(type: string, body: Buffer): Call {
  const boundary = /boundary=(?<boundary>\S+)/u.exec(type)?.groups?.boundary;
  if (boundary !== undefined) return readForm(body, `--${boundary}`);
  return { fields: body.length === 0 ? {} : (JSON.parse(body.toString()) as Call['fields']) };
}

function readForm(body: Buffer, boundary: string): Call {
  const fields: Record<string, unknown> = {};
  let file: Uploaded | undefined;
  for (const part of partsOf(body, boundary)) {
    const end = part.indexOf('\r\n\r\n');
    const head = part.subarray(0, end).toString();
    const value = part.subarray(end + 4);
    const field = / name="(?<name>[^"]*)"/u.exec(head)?.groups?.name ?? '';
    const name = / filename="(?<name>[^"]*)"/u.exec(head)?.groups?.name;
    if (name === undefined)
      fields[field] = field === 'reply_markup' ? JSON.parse(String(value)) : String(value);
    else file = { field, name, size: value.length };
  }
  return { fields, ...(file && { file }) };
}

function* partsOf(body: Buffer, boundary: string): Generator<Buffer> {
  let from = body.indexOf(boundary);
  while (from >= 0) {
    const to = body.indexOf(boundary, from + boundary.length);
    if (to < 0) return;
    // A line break ends the boundary before a part and stands before the boundary behind it.
    yield body.subarray(from + boundary.length + 2, to - 2);
    from = to;
  }
}
