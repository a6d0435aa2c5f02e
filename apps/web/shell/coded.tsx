import { useTranslation } from 'react-i18next';
import { wordsOf } from '../i18n/words';

interface CodedProps {
  /** What the code names: a part of the installation, or a check of the auditor. */
  group: 'parts' | 'checks';
  code: string;
}

/** A word with the code that logs and manuals use, small beside it. Of a process that runs several times its number follows the name. */
export function Coded({ group, code }: CodedProps) {
  const { i18n } = useTranslation();
  const words = wordsOf(i18n, `installation.${group}`);
  const word = words[code] ?? words[code.split('-')[0]!];
  if (word === undefined) return <code>{code}</code>;
  return (
    <span>
      {word} <code className="code-beside">{code}</code>
    </span>
  );
}
