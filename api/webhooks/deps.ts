/** What routes of webhooks lean on beside the store. Types only. */

export interface WebhookDeps {
  /** Why an address may not be reached; null: it may, as far as is known now. */
  readonly refusalOf: (url: string) => Promise<string | null>;
  /** Something is to be sent. */
  readonly look: () => void;
}
