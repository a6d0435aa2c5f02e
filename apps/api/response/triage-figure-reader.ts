import { Injectable } from '@nestjs/common';
import { FigureReader } from '#response/draft-guard.service.js';
import { extractFigures, type Figure } from '#triage/rules/figures/extract-figures.js';

const isFigure = (value: unknown): value is Figure => typeof value === 'object' && value !== null && 'stated' in value;

/** The figures of a draft, read as those of an item are. */
@Injectable()
export class TriageFigureReader extends FigureReader {
  read(text: string): Record<string, number> {
    return Object.fromEntries(
      Object.entries(extractFigures(text)).flatMap(([name, value]) =>
        isFigure(value) ? [[name, value.stated] as const] : [],
      ),
    );
  }
}
