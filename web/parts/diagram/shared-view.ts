/** One view of several diagrams: who pans or zooms one moves all of them. */

/** What is seen of a diagram. */
export interface ViewBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A diagram that joins. */
export interface Member {
  /** With a box: shows that. @returns what is seen */
  readonly viewbox: (box?: ViewBox) => ViewBox;
  /** Calls when another part is seen. @returns stops it */
  readonly onMoved: (hear: () => void) => () => void;
}

/** Given to each of the diagrams that move together. */
export interface SharedView {
  /** Shows what the others show, and moves with them. @returns leaves them */
  readonly join: (member: Member) => () => void;
}

/** Makes one, without diagrams. Class: pure but for the diagrams that join. */
export function newSharedView(): SharedView {
  const members = new Set<Member>();
  // Moving the others makes them tell of it as well.
  let isMoving = false;
  const follow = (leader: Member, others: Iterable<Member>): void => {
    if (isMoving) return;
    isMoving = true;
    const { x, y, width, height } = leader.viewbox();
    for (const other of others) if (other !== leader) other.viewbox({ x, y, width, height });
    isMoving = false;
  };
  return {
    join: (member) => {
      const [first] = members;
      if (first) follow(first, [member]);
      members.add(member);
      const stop = member.onMoved(() => follow(member, members));
      return () => {
        stop();
        members.delete(member);
      };
    },
  };
}
