/** What all styles of the kit rest on, in its layer, so that ours win without a fight; then ours. Parts bring their own. */
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import './frame.css';
