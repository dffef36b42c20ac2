import { openApiDocument } from '@awe/contract/openapi';

/** The document as it is served and as it stands in the repository: the same text. */
export function openApiText(version: string): string {
  return `${JSON.stringify(openApiDocument(version), null, 2)}\n`;
}
