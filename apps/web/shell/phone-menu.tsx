import { Drawer } from 'antd';
import { useTranslation } from 'react-i18next';
import { MainMenu } from './main-menu';

/** On a phone the menu comes in from the side. */
export function PhoneMenu({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Drawer open={open} onClose={onClose} placement="left" size={260} title={t('product')}>
      <MainMenu onChosen={onClose} />
    </Drawer>
  );
}
