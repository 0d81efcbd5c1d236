/** Styles of the kit, in its layer, so that ours win without a fight; then ours. */
import '@mantine/core/styles.layer.css';
import './frame.css';
