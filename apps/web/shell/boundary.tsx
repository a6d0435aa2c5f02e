import { Component, type ReactNode } from 'react';
import { Translation } from 'react-i18next';
import { Note } from './note';

/** A part that can't be fetched or drawn takes its page with it, not the whole client: it is said, and one can begin again. */
export class Boundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError = () => ({ broken: true });

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <Translation>
        {(t) => (
          <Note
            banner
            tone="error"
            title={t('error.title')}
            action={
              <button type="button" onClick={() => window.location.reload()}>
                {t('retry')}
              </button>
            }
          />
        )}
      </Translation>
    );
  }
}
