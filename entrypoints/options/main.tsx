import '../../components/ui/tokens.css';
