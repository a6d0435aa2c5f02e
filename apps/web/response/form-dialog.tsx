import { Button, Form, type FormInstance, Modal } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface FormDialogProps<Values> {
  /** What the button and the head of the dialog say. */
  label: string;
  primary?: boolean;
  danger?: boolean;
  initial?: Partial<Values>;
  /** Resolves when it was done; the dialog stays open with what was typed when it was refused. */
  onSubmit: (values: Values) => Promise<unknown>;
  children: ReactNode | ((form: FormInstance<Values>) => ReactNode);
}

/** A button that opens a form. What was typed stays when the server refuses. */
export function FormDialog<Values extends object>(props: FormDialogProps<Values>) {
  const { label, primary = false, danger = false, initial, onSubmit, children } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<Values>();
  const submit = async (values: Values) => {
    setBusy(true);
    try {
      await onSubmit(values);
      setOpen(false);
      form.resetFields();
    } catch {
      // The command has said why; the words stay.
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        type={primary ? 'primary' : 'default'}
        danger={danger}
        style={{ minHeight: 44 }}
        onClick={() => setOpen(true)}
      >
        {label}
      </Button>
      <Modal
        open={open}
        title={label}
        okText={label}
        cancelText={t('course.cancel')}
        onCancel={() => setOpen(false)}
        onOk={() => form.submit()}
        okButtonProps={{ loading: busy, danger }}
        destroyOnHidden
      >
        <Form
          form={form}
          layout="vertical"
          requiredMark={false}
          {...(initial === undefined ? {} : { initialValues: initial })}
          onFinish={(values) => void submit(values)}
        >
          {typeof children === 'function' ? children(form) : children}
        </Form>
      </Modal>
    </>
  );
}

/** The rule of a field that must be filled. */
export function useRequired() {
  const { t } = useTranslation();
  return [{ required: true, message: t('required') }];
}

/** `2026-11-26T09:30` of a field, in the office's zone, as an instant. */
export const instantOf = (local: string): string => new Date(`${local}:00+08:00`).toISOString();
