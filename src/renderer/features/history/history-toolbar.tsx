import { ArrowDownWideNarrow, Check, FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationOrder } from '../../../shared/contract/conversations.ts';
import { NameDialog } from '../../components/name-dialog.tsx';
import { Button } from '../../components/ui/button.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Menu, MenuItem } from '../../components/ui/menu.tsx';
import { rpc } from '../../rpc/connection.ts';

const orders: readonly ConversationOrder[] = ['newest', 'dearest', 'title'];

interface OrderProps {
  order: ConversationOrder;
  onOrder: (order: ConversationOrder) => void;
}

/** Above the history: a new folder, and what it is sorted by. */
export function HistoryToolbar(props: OrderProps) {
  const { t } = useTranslation('history');
  const [isAdding, setIsAdding] = useState(false);
  return (
    <div className="flex h-8 shrink-0 items-center justify-end gap-0.5 px-2 pt-1">
      <OrderMenu {...props} />
      <IconButton size="sm" className="size-6 text-faint" label={t('folder.new')} onClick={() => setIsAdding(true)}>
        <FolderPlus className="size-4" aria-hidden />
      </IconButton>
      <NameDialog
        title={t('folder.new')}
        label={t('folder.name')}
        action={t('folder.create')}
        isOpen={isAdding}
        onClose={() => setIsAdding(false)}
        onName={(name) => rpc.call('folders.add', { name })}
      />
    </div>
  );
}

function OrderMenu({ order, onOrder }: OrderProps) {
  const { t } = useTranslation('history');
  return (
    <Menu
      trigger={
        <Button
          size="sm"
          variant="ghost"
          className="h-6 gap-1 px-1.5 text-xs text-faint"
          aria-label={t('order.label', { order: t(`order.${order}`) })}
        >
          <ArrowDownWideNarrow className="size-3.5" aria-hidden />
          {t(`order.${order}`)}
        </Button>
      }
    >
      {orders.map((value) => (
        <MenuItem key={value} icon={value === order ? <Check /> : <span className="size-4" />} onSelect={() => onOrder(value)}>
          {t(`order.${value}`)}
        </MenuItem>
      ))}
    </Menu>
  );
}
