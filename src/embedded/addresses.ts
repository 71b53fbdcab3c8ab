/** Where the PostgreSQL side is: fields of a `pg.Pool` configuration. */
export interface PostgresAddress {
  /** The folder of the Unix socket. */
  host: string;
  port: number;
  database: string;
  user: string;
}

/** Where the engines of a data folder can be reached. */
export interface Addresses {
  mongodbUri?: string;
  postgres?: PostgresAddress;
}
