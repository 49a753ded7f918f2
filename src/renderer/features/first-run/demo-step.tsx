import { useMutation, useQuery } from '@tanstack/react-query';
import { ArrowRight, FileText } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Spinner } from '../../components/ui/spinner.tsx';
import { goTo } from '../../navigation/place.ts';
import { rpc } from '../../rpc/connection.ts';
import { queries } from '../../rpc/queries.ts';
import { uploadFile } from '../../rpc/upload-file.ts';
import { sampleFor } from './sample-document.ts';
import { StepFrame } from './step-frame.tsx';
import type { Finish } from './use-finish.ts';

/** The demo's model; its provider always exists. */
async function findDemoModel(): Promise<ModelRef> {
  const { providers } = await rpc.call('providers.list', undefined);
  const demo = providers.find(({ kind }) => kind === 'demo');
  if (demo === undefined) throw new AppError('NO_MODEL');
  const { models } = await rpc.call('providers.models', { providerId: demo.id });
  const [model] = models.filter(({ kind }) => kind === 'chat');
  if (model === undefined) throw new AppError('NO_MODEL');
  return { providerId: demo.id, modelId: model.id };
}

interface DemoStepProps {
  finish: Finish;
  onBack: () => void;
}

/** Adds the sample document, then asks the question that is chosen: the first answer streams at once. */
export function DemoStep({ finish, onBack }: DemoStepProps) {
  const { t, i18n } = useTranslation('firstRun');
  const sample = sampleFor(i18n.language === 'ja' ? 'ja' : 'en');
  const upload = useMutation({
    mutationFn: () =>
      uploadFile(new File([sample.text], sample.fileName, { type: 'text/markdown' }), { collectionId: null, name: sample.fileName }),
  });
  const { mutate: startUpload, isIdle } = upload;
  useEffect(() => {
    if (isIdle) startUpload();
  }, [isIdle, startUpload]);

  const documents = useQuery({ ...queries.documents(), enabled: upload.isSuccess });
  const document = documents.data?.documents.find(({ id }) => id === upload.data?.documentId);
  const ask = useMutation({
    async mutationFn({ text, collectionId }: { text: string; collectionId: string }) {
      const model = await findDemoModel();
      const messageId = crypto.randomUUID();
      const started = await rpc.call('chat.send', {
        messageId,
        conversationId: null,
        parentId: null,
        text,
        model,
        collectionIds: [collectionId],
      });
      return { model, conversationId: started.conversationId };
    },
    onSuccess({ model, conversationId }) {
      finish.run({ defaultModel: model }, () => goTo({ name: 'chat', conversationId, messageId: null }, { replace: true }));
    },
  });
  const failure = [upload.error, documents.error, ask.error].find((error) => error !== null);
  return (
    <StepFrame title={t('demo.title')} hint={t('demo.about')} onBack={onBack}>
      {failure !== undefined && (
        <ErrorMessage className="mb-4" failure={failureOf(failure)} onRetry={upload.isError ? () => upload.mutate() : undefined} />
      )}
      {document?.failure && <ErrorMessage className="mb-4" failure={document.failure} />}
      <Reading fileName={sample.fileName} document={document} />
      <ul className="mt-4 flex flex-col gap-2">
        {sample.questions.map((text) => (
          <li key={text}>
            <button
              type="button"
              disabled={document?.status !== 'ready' || ask.isPending || finish.isPending}
              onClick={() => document && ask.mutate({ text, collectionId: document.collectionId })}
              className="group flex w-full items-center justify-between gap-3 rounded-lg border bg-raised px-4 py-3 text-left transition-colors hover:border-accent hover:bg-accent-soft disabled:pointer-events-none disabled:opacity-50"
            >
              {text}
              <ArrowRight className="size-4 shrink-0 text-faint group-hover:text-accent" aria-hidden />
            </button>
          </li>
        ))}
      </ul>
    </StepFrame>
  );
}

function Reading({ fileName, document }: { fileName: string; document: DocumentInfo | undefined }) {
  const { t } = useTranslation('firstRun');
  const isReady = document?.status === 'ready';
  return (
    <div className="flex items-center gap-2.5 text-sm text-muted">
      {isReady ? <FileText className="size-4 shrink-0" aria-hidden /> : <Spinner />}
      <output className="min-w-0">
        <span className="font-medium text-ink">{fileName}</span>
        <span className="block">{t(isReady ? 'demo.ready' : 'demo.preparing')}</span>
      </output>
    </div>
  );
}
