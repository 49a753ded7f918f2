import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/chat.ts';
import type { ErrorCode } from '../../../shared/error-codes.ts';
import { codeOf, parameterNames } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { goTo } from '../../navigation/place.ts';
import type { AskedOtherwise } from './asked-otherwise.ts';
import { showModelPicker } from './choice-store.ts';

type Cure = 'settings' | 'model' | 'without' | 'retry';

/** What helps, where trying again does not. */
const cures: Partial<Record<ErrorCode, Cure>> = {
  KEY_MISSING: 'settings',
  KEY_REJECTED: 'settings',
  ACCESS_DENIED: 'settings',
  BASE_URL_INVALID: 'settings',
  ENDPOINT_NOT_FOUND: 'settings',
  TLS_FAILED: 'settings',
  NOT_A_STREAM: 'settings',
  SECRETS_LOCKED: 'settings',
  NO_MODEL: 'model',
  PARAMETER_REFUSED: 'without',
  MODEL_NOT_FOUND: 'model',
  QUOTA_EXCEEDED: 'model',
  CONTEXT_TOO_LONG: 'model',
  CONTENT_FILTERED: 'model',
  IMAGES_NOT_TAKEN: 'model',
};

/** The one thing that helps against a failure. */
export function FailureAction({ failure, onRetry }: { failure: Failure; onRetry: (otherwise?: AskedOtherwise) => void }) {
  const { t } = useTranslation(['chat', 'common', 'asking']);
  const parameter = parameterNames.find((name) => name === failure.data?.['parameter']);
  switch (cures[codeOf(failure)] ?? 'retry') {
    case 'settings':
      return (
        <Button size="sm" onClick={() => goTo({ name: 'settings' })}>
          {t('common:openSettings')}
        </Button>
      );
    case 'model':
      return (
        <Button size="sm" onClick={() => showModelPicker(true)}>
          {t('model.other')}
        </Button>
      );
    case 'without':
      return (
        parameter !== undefined && (
          <Button size="sm" onClick={() => onRetry({ without: parameter })}>
            {t(`asking:sendWithout.${parameter}`)}
          </Button>
        )
      );
    case 'retry':
      return (
        <Button size="sm" onClick={() => onRetry()}>
          {t('common:retry')}
        </Button>
      );
  }
}
