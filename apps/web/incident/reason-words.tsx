import { useTranslation } from 'react-i18next';
import { FieldName } from '../shell/field-name';
import { type Reason, ruleSentence, wordsByRule } from './reasons';

/** The words that counted, by what they speak for, and the rules that found none or needed none, each in a sentence. */
export function ReasonWords({ reasons }: { reasons: readonly Reason[] }) {
  const { t } = useTranslation();
  const sentences = [...new Set(reasons.filter(({ start, end }) => end <= start).map((r) => ruleSentence(t, r)))];
  return (
    <>
      {wordsByRule(reasons, t).map(({ name, words }) => (
        <div key={name}>
          <FieldName>{name}</FieldName>
          {words.join('、')}
        </div>
      ))}
      {sentences.map((sentence) => (
        <div key={sentence} className="muted">
          {sentence}
        </div>
      ))}
    </>
  );
}
