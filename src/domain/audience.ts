/** Who a notice goes to. */
export type Audience =
  | { readonly kind: 'event'; readonly event: string }
  | { readonly kind: 'office'; readonly office: string };
