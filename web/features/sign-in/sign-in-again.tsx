import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { SignIn } from './sign-in.js';

/** Lets somebody sign in again over the page, which stays as it is below. */
export function SignInAgain(): ReactNode {
  return (
    <Modal
      opened
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
    >
      <SignIn isAgain />
    </Modal>
  );
}
