/** What the embedded engines report to; pino's loggers fit through a small adapter. */
export interface Log {
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}
