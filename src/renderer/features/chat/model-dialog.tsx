import type { ModelRef } from '../../../shared/contract/chat.ts';
import { Dialog } from '../../components/ui/dialog.tsx';
import { ModelList } from './composer/model-picker.tsx';
import { useProviderModels } from './use-models.ts';

interface ModelDialogProps {
  title: string;
  /** The one that is marked. */
  value: ModelRef | null;
  onChoose: (model: ModelRef) => void;
  onClose: () => void;
}

/** Asks for a model. */
export function ModelDialog({ title, value, onChoose, onClose }: ModelDialogProps) {
  const { groups } = useProviderModels();
  return (
    <Dialog open title={title} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <div className="-mx-1 flex max-h-[min(26rem,60vh)] flex-col overflow-hidden rounded-md border">
        <ModelList
          groups={groups}
          value={value}
          onChoose={(model) => {
            onClose();
            onChoose(model);
          }}
        />
      </div>
    </Dialog>
  );
}
